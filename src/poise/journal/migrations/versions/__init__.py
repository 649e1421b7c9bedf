"""The migrations, one file each, named by their number. What has been released is never changed."""
