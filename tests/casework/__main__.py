"""How rightly reports of the same thing are found: `make similar`."""

from __future__ import annotations

from tests.casework.test_same_place import figures, judged

if __name__ == "__main__":
    everything = judged()
    count, precision, recall = figures(everything)
    print(f"{count} pairs: precision {precision:.3f}, recall {recall:.3f}")
    for key, title in ((("beda", True), "taken for the same"), (("sama", False), "missed")):
        for one, other in everything.get(key, []):
            print(f"  {title}: {one} | {other}")
