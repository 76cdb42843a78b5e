/** Short news for everybody: shown as a toast, read out by a screen reader. */

export type Tone = "plain" | "danger";

const SHOWN_FOR_MS = 6000;

/** Show `text` (already in the reader's language) for some seconds; the same text again replaces the old. */
export function announce(text: string, tone: Tone = "plain"): void {
  const place = document.getElementById("announcements");
  if (!place || !text) return;
  for (const toast of place.children) if (toast.textContent === text) toast.remove();
  const toast = document.createElement("p");
  toast.className = tone === "danger" ? "toast toast--danger" : "toast";
  toast.textContent = text;
  place.append(toast);
  setTimeout(() => {
    toast.remove();
  }, SHOWN_FOR_MS);
}
