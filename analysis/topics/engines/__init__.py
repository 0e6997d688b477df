"""The engines: each turns counts into term distributions of topics, and nothing else."""
