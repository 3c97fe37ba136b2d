import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { InviteForm } from "./components/InviteForm";
import { QuickInvite } from "./components/QuickInvite";

const place = document.getElementById("root");
if (place === null) throw new Error("the page has no place for its content");
const ada = { email: "ada@example.org", first_name: "Ada", last_name: "Lovelace", phone: "+14155550123" };
createRoot(place).render(
  <StrictMode>
    <h1>New invite</h1>
    <InviteForm />
    <QuickInvite {...ada} provider_id="clinic-1" />
  </StrictMode>,
);
