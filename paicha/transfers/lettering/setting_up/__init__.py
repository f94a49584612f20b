"""What a committee's letters look like and bear: address and telephone, the number to begin after, the template."""
