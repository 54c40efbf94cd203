"""Tags that the service's templates use."""
