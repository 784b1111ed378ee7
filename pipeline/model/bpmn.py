"""What a BPMN file of ours holds beside the standard's own elements; its writer and its reader both go by this.

The standard elements say what BPMN can say: activities, lanes, the flow with the names of its exits. Everything else
of a step stands in the element ``langkah`` of our own namespace, inside the activity's ``extensionElements``, which
other programs keep as they find it.
"""

from __future__ import annotations

from typing import Final

MODEL: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
DI: Final = "http://www.omg.org/spec/DD/20100524/DI"
OWN: Final = "urn:tertib:sop:1"
"""Our namespace; a file that says the same in another way gets another number."""

GAP: Final = "[belum diisi]"
"""Name of an activity whose step has none."""
GAP_ACTOR: Final = "[pelaksana belum diisi]"
"""Name of the lane of steps without an actor."""
FINISH_WORD: Final = "selesai"
"""Target of an exit that ends the flow, where others have a step number."""
