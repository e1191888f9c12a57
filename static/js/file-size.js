// <input type="file" data-max-bytes="…"> says at once that a file is too large, before it is sent.
for (const input of document.querySelectorAll("input[type=file][data-max-bytes]")) {
  const most = Number(input.dataset.maxBytes);
  const note = document.createElement("p");
  note.className = "errorlist";
  note.setAttribute("role", "alert");
  input.after(note);
  input.addEventListener("change", () => {
    const tooLarge = [...input.files].some((file) => file.size > most);
    note.textContent = tooLarge ? `The file is larger than ${Math.floor(most / 1048576)} MB. Choose a smaller one; nothing else is lost.` : "";
    if (tooLarge) input.value = "";
  });
}
