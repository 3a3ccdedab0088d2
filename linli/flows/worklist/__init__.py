"""worklist owns the list of cases at the desk (办件列表): what a post handles or watches over, narrowed, acted on together, exported.

Words: a *filter* says which cases (its address is the filter); a *saved filter* (常用筛选) has a name and stands as a tab; an *export*
(导出) is a file of what a filter shows, written by the worker; the *queue* (待裁定) is what waits for the dispatcher, in heaps.
"""
