"""What is published for ever: the public log on the disk, its key, mirrors and witnesses."""
