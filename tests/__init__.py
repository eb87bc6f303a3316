"""The proof. Folders mirror the rooms of src/pasokh."""
