"""The staff floor: who may work here, who is signed in, what they read and tell each other."""
