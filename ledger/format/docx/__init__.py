"""Documents in Word's format, in the layout of official Chinese papers."""
