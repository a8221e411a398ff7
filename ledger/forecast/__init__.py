"""The forecast: how past promises ended that stood like those of today, and how good such forecasts have been."""
