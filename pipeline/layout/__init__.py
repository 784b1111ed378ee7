"""The flowchart page computed: text measured, rows and columns sized, pages broken, lines routed."""
