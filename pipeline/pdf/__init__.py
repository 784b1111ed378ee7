"""The PDF after LibreOffice: finished for the archive, filled with its sources, proved, joined into books."""
