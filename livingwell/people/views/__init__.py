"""What people see: signing in, their account, who belongs to an organization."""
