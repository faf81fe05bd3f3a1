"""Programme folders and workbooks: files to records and back, with every fault found."""
