import { SignInCard } from "../session/SignInCard";
import { mount } from "./mount";

mount(<SignInCard onSignedIn={() => location.replace(new URL(".", document.baseURI))} />);
