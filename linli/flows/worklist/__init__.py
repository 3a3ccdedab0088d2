"""worklist owns the list of cases at the desk (办件列表): what a post handles or watches over, narrowed and counted."""
