"""The office: people, sign-in, sessions and the desks' pages. Calls live in the control room."""
