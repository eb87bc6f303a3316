// Says in words that a passkey did not open anything: by itself the browser says it to nobody.
// @ts-check
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const trouble = document.getElementById("passkey_trouble");
  if (trouble) trouble.hidden = false;
});
