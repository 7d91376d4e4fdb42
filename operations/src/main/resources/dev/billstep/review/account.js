"use strict";
// A user's own password.

const form = at("#change");
const {before, password, username} = form.elements;

signedIn.then(me => {
  username.value = me.name ?? "";
  form.hidden = !me.name;
  if (!me.name) at("#account").textContent = "There are no users here, so nobody has to sign in.";
});
form.onsubmit = async event => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  notice("");
  at("#said").textContent = "";
  try {
    await tell("/api/password", {before: before.value, password: password.value});
    form.reset();
    at("#said").textContent = "Your password is changed.";
  } catch (failure) {
    notice(failure.message);
  }
  button.disabled = false;
};
at("#shown").onchange = event => {
  for (const input of [before, password]) input.type = event.target.checked ? "text" : "password";
};
