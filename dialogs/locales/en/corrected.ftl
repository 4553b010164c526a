# Facts that were corrected one by one, with who says them.

corrected-contact = { $line } ({ $source }, checked on { $checked })
corrected-measure = New: { $parts } – according to { $source }, checked on { $checked }
corrected-part = { $part ->
    [title] the title
    [gives] what it gives
    [steps] the steps
    [documents] the papers
    [amounts] the sums
    [legal_basis] the legal basis
    [status] whether it runs
    [valid_from] from when
    [valid_to] until when
   *[other] the description
}
