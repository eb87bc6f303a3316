"""The doors for who has no telephone: alarms, a form, a chat. Knows no rule of the field."""
