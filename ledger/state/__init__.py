"""How everything stands on a day: every figure is a pure function of (plan, journal, day)."""
