"""The site put together: settings, addresses, the server's entry point."""
