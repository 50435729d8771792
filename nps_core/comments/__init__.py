"""What people wrote: from cleaned comments to codes, words and pictures of them."""
