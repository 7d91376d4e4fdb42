"use strict";
// Signing in; then the page that was asked for.

const form = at("#sign-in");

/** Of this server: an address that somebody else has made up leads nowhere. */
function wanted() {
  const to = new URLSearchParams(location.search).get("to") ?? "/";
  return /^\/(?![/\\])/.test(to) && new URL(to, location.origin).origin === location.origin ? to : "/";
}

form.onsubmit = async event => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  notice("");
  try {
    await tell("/api/session", {name: form.elements.name.value, password: form.elements.password.value});
    location.replace(wanted() + location.hash);
  } catch (failure) {
    notice(failure.message);
    button.disabled = false;
    form.elements.password.select();
  }
};
// Who comes by another site's link shows no cookie there, and is signed in all the same.
ask("/api/me").then(me => { if (me.name) location.replace(wanted() + location.hash); }, () => {});
at("#shown").onchange = event => { form.elements.password.type = event.target.checked ? "text" : "password"; };
