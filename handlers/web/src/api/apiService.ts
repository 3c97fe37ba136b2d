// The client of the API. In a page of the server:
//   const { invite_url } = await apiService.generateInvite({ email, first_name, last_name, phone, provider_id });
// Elsewhere: createApiService({ baseUrl: "https://invite.example.org", token }).generateInvite({ … }).
import type { components, operations } from "../../generated/openapi";
import { makeTransport, take, type ApiOptions } from "./transport";

export { ApiProblem, type FieldProblem } from "./problem";
export type { ApiOptions } from "./transport";

type Schemas = components["schemas"];
type Query<Operation extends keyof operations> = NonNullable<operations[Operation]["parameters"]["query"]>;

export type Credentials = Schemas["Credentials"];
export type Me = Schemas["Me"];
export type PasswordChange = Schemas["PasswordChange"];
export type NewInvite = Schemas["NewInvite"];
export type CreatedInvite = Schemas["CreatedInvite"];
export type Challenge = NonNullable<NewInvite["challenge"]>;
export type Invite = Schemas["Invite"];
export type InvitePage = Schemas["InvitePage"];
export type InviteState = Schemas["State"];
export type InviteQuery = Query<"listInvites">;
export type Link = Schemas["Link"];
export type Analytics = Schemas["Analytics"];
export type AnalyticsQuery = Query<"readAnalytics">;
export type AuditQuery = Query<"readAudit">;
export type Provider = Schemas["Provider"];
export type ProviderSettings = Schemas["ProviderSettings"];
export type RedeemRequest = Schemas["RedeemRequest"];

/** For a call that creates something: with the same key and content it creates it once, however often it is sent. */
export interface MakeOptions {
  idempotencyKey?: string;
}

function keyed({ idempotencyKey }: MakeOptions) {
  return idempotencyKey === undefined ? {} : { header: { "Idempotency-Key": idempotencyKey } };
}

/** All calls. They throw an ApiProblem if they fail. */
export function createApiService(options: ApiOptions = {}) {
  const client = makeTransport(options);
  const of = (ref: string) => ({ params: { path: { ref } } });
  const to = (invite_id: string) => ({ params: { path: { invite_id } } });

  return {
    /** Uses a cookie that scripts cannot see, so it is for pages only. */
    signIn: (body: Credentials) => take(client().POST("/sign-in", { body })),
    /** `everywhere`: on all other computers, too. */
    signOut: (body: Schemas["SignOut"] = {}) => take(client().POST("/sign-out", { body })),
    readMe: () => take(client().GET("/users/me")),
    /** Ends all other sign-ins and tokens of the account. */
    changePassword: (body: PasswordChange) => take(client().POST("/users/me/password", { body })),

    generateInvite: (body: NewInvite, make: MakeOptions = {}) =>
      take(client().POST("/generate_invite", { body, params: keyed(make) })),
    /** Up to 1,000, with a result for each. */
    generateInvites: (body: NewInvite[], make: MakeOptions = {}) =>
      take(client().POST("/generate_invites", { body, params: keyed(make) })),

    listInvites: (query: InviteQuery = {}) => take(client().GET("/invites", { params: { query } })),
    readInvite: (ref: string) => take(client().GET("/invites/{ref}", of(ref))),
    readLink: (ref: string) => take(client().GET("/invites/{ref}/link", of(ref))),
    revokeInvite: (ref: string) => take(client().POST("/invites/{ref}/revoke", of(ref))),
    renewInvite: (ref: string, make: MakeOptions = {}) =>
      take(client().POST("/invites/{ref}/renew", { params: { path: { ref }, ...keyed(make) } })),
    endSession: (ref: string) => take(client().POST("/invites/{ref}/end_session", of(ref))),
    /** Ticks off that the patient has asked for a new link. */
    clearAsked: (ref: string) => take(client().POST("/invites/{ref}/clear_asked", of(ref))),
    eraseInvite: (ref: string) => take(client().DELETE("/invites/{ref}", of(ref))),

    /** The link as a QR code. `scale`: pixels a module. */
    readQrCode: (ref: string, kind: "svg" | "png", scale?: number): Promise<Blob> => {
      const init = { params: { path: { ref }, query: scale === undefined ? {} : { scale } }, parseAs: "blob" } as const;
      return kind === "svg"
        ? take(client().GET("/invites/{ref}/qr.svg", init))
        : take(client().GET("/invites/{ref}/qr.png", init));
    },

    readAnalytics: (query: AnalyticsQuery = {}) => take(client().GET("/analytics", { params: { query } })),
    readAudit: (query: AuditQuery = {}) => take(client().GET("/audit", { params: { query } })),

    listProviders: (query: Query<"listProviders"> = {}) => take(client().GET("/providers", { params: { query } })),
    readProvider: (provider_id: string) =>
      take(client().GET("/providers/{provider_id}", { params: { path: { provider_id } } })),
    writeProvider: (provider_id: string, body: ProviderSettings) =>
      take(client().PUT("/providers/{provider_id}", { params: { path: { provider_id } }, body })),

    /** The state of a patient's link. Does not redeem it. */
    viewInvite: (invite_id: string) => take(client().GET("/invite/{invite_id}", to(invite_id))),
    /** Opens it once. The same redeem_key gets the same answer again. */
    redeemInvite: (invite_id: string, body: RedeemRequest = {}) =>
      take(client().POST("/invite/{invite_id}/redeem", { ...to(invite_id), body })),
    askForInvite: (invite_id: string) => take(client().POST("/invite/{invite_id}/ask", to(invite_id))),
    /** The patient who redeemed. The token in the options must be the one from the answer to redeeming. */
    readSession: () => take(client().GET("/session")),
  };
}

export type ApiService = ReturnType<typeof createApiService>;

/** For the page we are on. */
export const apiService = createApiService();
