"""The original stack at the same work: FastAPI, uvicorn, redis-py. Environment: REDIS_SOCKET, JWT_SECRET_FILE."""

import json
import os
import pathlib
import uuid
from typing import Optional

import jwt
import redis.asyncio
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer
from pydantic import BaseModel, EmailStr, constr

BASE_URL = "http://localhost:4321"
RATE, BURST, TTL_S = 1_000_000_000, 1_000_000_000, 604_800

app = FastAPI()
bearer = OAuth2PasswordBearer(tokenUrl="token")
secret = pathlib.Path(os.environ["JWT_SECRET_FILE"]).read_text()
store = redis.asyncio.Redis(unix_socket_path=os.environ["REDIS_SOCKET"])
create_script = store.register_script((pathlib.Path(__file__).parent.parent / "create.lua").read_text())


def matching(pattern):
    """A string of that form: pydantic 2 calls it pattern, pydantic 1 regex."""
    try:
        return constr(pattern=pattern)
    except TypeError:
        return constr(regex=pattern)


class Patient(BaseModel):
    email: EmailStr
    first_name: constr(strip_whitespace=True, min_length=1, max_length=100)
    last_name: constr(strip_whitespace=True, min_length=1, max_length=100)
    phone: Optional[matching(r"^\+[1-9][0-9]{6,14}$")] = None
    provider_id: matching(r"^[A-Za-z0-9._:-]{1,64}$")


class Invite(BaseModel):
    invite_id: str
    invite_url: str


async def current_user(token: str = Depends(bearer)):
    try:
        return jwt.decode(token, secret, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})


@app.post("/generate_invite", response_model=Invite)
async def generate_invite(patient: Patient, user: dict = Depends(current_user)):
    if user["provider_id"] != patient.provider_id:
        raise HTTPException(403)
    invite_id = str(uuid.uuid4())
    made = await create_script(keys=[f"b:{patient.provider_id}", f"i:{invite_id}"],
                               args=[RATE, BURST, TTL_S, patient.json()])
    if not made:
        raise HTTPException(429)
    return Invite(invite_id=invite_id, invite_url=f"{BASE_URL}/invite/{invite_id}")


@app.post("/invite/{invite_id}/redeem")
async def redeem(invite_id: uuid.UUID):
    record = await store.getdel(f"i:{invite_id}")
    if record is None:
        raise HTTPException(404)
    return json.loads(record)


@app.get("/healthz")
async def health():
    return {}
