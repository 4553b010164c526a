# Facts that were corrected one by one, with who says them.

corrected-contact = { $line } ({ $source }, проверено на { $checked })
corrected-measure = Ново: { $parts } – по данни от { $source }, проверено на { $checked }
corrected-part = { $part ->
    [title] заглавието
    [gives] какво дава
    [steps] стъпките
    [documents] документите
    [amounts] сумите
    [legal_basis] основанието
    [status] дали действа
    [valid_from] откога важи
    [valid_to] докога важи
   *[other] описанието
}
