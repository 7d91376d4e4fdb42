"use strict";
// Who has signed in, where anybody has to: their name on the page, and the way out.

/** {name, role, may}; neither name nor role where there are no users. */
const signedIn = ask("/api/me").then(me => {
  document.body.dataset.may = me.may.join(" ");
  if (!me.name) return me;
  document.body.dataset.role = me.role;
  const out = document.createElement("button");
  Object.assign(out, {type: "button", className: "quiet", textContent: "Sign out"});
  out.onclick = async () => {
    try {
      await ask("/api/session", {method: "DELETE"});
      location.assign("/sign-in");
    } catch (failure) {
      notice(failure.message);
    }
  };
  const account = document.createElement(me.may.includes("password") ? "a" : "b");
  Object.assign(account, {href: "/account", textContent: me.name});
  at("#account").replaceChildren("Signed in as ", account, `, ${me.role} `, out);
  return me;
});
/** Whether the page may offer something: decide, reread, run, password. */
const may = what => document.body.dataset.may?.split(" ").includes(what) ?? false;
signedIn.catch(failure => notice(failure.message));
