"""The same SOP in other formats: each flowchart page as SVG, the flow as BPMN 2.0."""
