// Where the words that were looked for stand in a text.
