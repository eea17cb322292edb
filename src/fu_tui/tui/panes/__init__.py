"""The three panes and the card. They post messages and return values, and call no verb."""
