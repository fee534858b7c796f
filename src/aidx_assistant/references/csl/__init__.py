"""References by published citation styles (CSL), and the data that such styles work on."""
