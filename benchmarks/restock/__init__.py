"""How well the restock model foresees baskets and run-outs."""
