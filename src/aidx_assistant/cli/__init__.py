"""The command line: wires options to the assistant and shows what it gives back."""
