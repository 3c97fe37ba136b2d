import { Dashboard, usePlace } from "../dashboard/Dashboard";
import { Staff } from "../session/Staff";
import { mount } from "./mount";

function Page() {
  const place = usePlace();
  return <Staff place={place}>{(me) => <Dashboard me={me} place={place} />}</Staff>;
}

mount(<Page />);
