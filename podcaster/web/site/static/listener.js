// Prefills the visitor's time zone in the form for a new podcast; an existing podcast without one uses UTC.
for (const form of document.querySelectorAll("form[data-new]")) {
  form.elements.time_zone.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone;
}
