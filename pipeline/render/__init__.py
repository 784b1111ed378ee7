"""Values become DOCX through Word templates; the drawing becomes native shapes."""
