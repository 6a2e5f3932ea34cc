// What the draft page finds, misses, shows and hands out for the answers to its form.
([values, consents]) => {
  const { form, details } = draftPage.page, draft = { values, consents }
  const { found, missing } = draftPage.look(draft, form, details)
  return [found.map(({ id, text }) => [id, text]), missing, draftPage.understood(draft, form),
    draftPage.asForm(draft, form), draftPage.asPlain(draft, form)]
}
