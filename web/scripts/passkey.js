// Hands a challenge to the browser's passkey dialogue and the answer
// back to the form around it. Without it, codes do the same.
"use strict";
(() => {
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const withBytes = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const register = async (options) => {
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: withBytes(options.excludeCredentials),
      },
    });
    return {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      response: {
        attestationObject: text(made.response.attestationObject),
        clientDataJSON: text(made.response.clientDataJSON),
      },
    };
  };

  const prove = async (options) => {
    const proof = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: withBytes(options.allowCredentials),
      },
    });
    return {
      id: proof.id,
      rawId: text(proof.rawId),
      type: proof.type,
      response: {
        authenticatorData: text(proof.response.authenticatorData),
        clientDataJSON: text(proof.response.clientDataJSON),
        signature: text(proof.response.signature),
        userHandle: proof.response.userHandle ? text(proof.response.userHandle) : null,
      },
    };
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const around = [form.closest("[data-passkey-section]"), form.querySelector("[data-passkey-section]")];
    const sections = around.filter((section) => section !== null);
    if (!window.PublicKeyCredential) {
      sections.forEach((section) => section.remove());
      continue;
    }
    const options = JSON.parse(form.dataset.options).publicKey;
    const ask = form.dataset.passkey === "create" ? register : prove;
    const failed = form.querySelector("[data-failed]");
    for (const section of sections) {
      section.hidden = false;
    }
    form.addEventListener("submit", async (event) => {
      if (!event.submitter || event.submitter.dataset.ask === undefined) {
        return;
      }
      event.preventDefault();
      failed.hidden = true;
      try {
        form.elements.passkey.value = JSON.stringify(await ask(options));
      } catch {
        failed.hidden = false;
        return;
      }
      form.submit();
    });
  }
})();
