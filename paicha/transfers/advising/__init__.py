"""What a member who is away is advised to, from facts that the branch knows (notice 二.2, 二.3); a person decides."""
