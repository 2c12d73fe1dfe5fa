"""What is bought, where and when."""
