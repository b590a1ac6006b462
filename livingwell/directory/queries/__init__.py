"""Reading the directory in the shapes that pages, searches and refreshing need."""
