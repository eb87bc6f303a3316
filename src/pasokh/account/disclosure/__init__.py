"""What may be published of counts without telling on a person. Pure; knows no person at all."""
