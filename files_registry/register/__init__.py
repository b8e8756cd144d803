"""個人情報ファイル簿 (法第75条): what belongs in it and why not, immutable editions, and the public pages."""
