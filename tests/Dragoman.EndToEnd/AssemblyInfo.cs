// These tests measure times and load both cores: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
