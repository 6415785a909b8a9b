"""The sequencer of SCORM 2004 (SN, 4th Edition, appendix C), pure: docs/sequencing.md."""
