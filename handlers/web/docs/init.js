// A file of its own, because the page's policy forbids inline scripts. Paths are relative: base-url may have one.
window.SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  validatorUrl: null, // else it would ask a server outside
});
