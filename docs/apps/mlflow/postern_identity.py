"""Tells MLflow who is asking, by the identity that Postern signs.

In MLflow's auth configuration: authorization_function = postern_identity:authenticate
In its environment: POSTERN_ISSUER, POSTERN_JWKS, POSTERN_AUDIENCE (this app's host), and POSTERN_ADMIN_GROUP if some are administrators.
"""

import os
import secrets

import jwt
from flask import Response, request
from mlflow.exceptions import MlflowException
from mlflow.server import auth
from werkzeug.datastructures import Authorization

ISSUER = os.environ["POSTERN_ISSUER"]
AUDIENCE = os.environ["POSTERN_AUDIENCE"]
ADMIN_GROUP = os.environ.get("POSTERN_ADMIN_GROUP", "")
KEYS = jwt.PyJWKClient(os.environ["POSTERN_JWKS"], lifespan=3600)


def authenticate():
    """The user of this request, or 401. MLflow calls it for every request, of Flask and of FastAPI alike."""
    token = request.headers.get("X-Auth-Request-Jwt", "")
    if not token:  # nobody is signed in, or the request came around the gateway
        return Response("Not signed in", 401)
    try:
        key = KEYS.get_signing_key_from_jwt(token).key
        person = jwt.decode(
            token,
            key,
            algorithms=["ES256"],
            issuer=ISSUER,
            audience=AUDIENCE,
            leeway=10,
            options={"require": ["iss", "aud", "sub", "exp", "iat"]},
        )
    except jwt.PyJWTError:
        return Response("The identity is not valid", 401)
    name = person.get("preferred_username") or person["sub"]
    keep(name, bool(ADMIN_GROUP) and ADMIN_GROUP in person.get("groups", []))
    return Authorization("basic", {"username": name, "password": ""})


def keep(name, admin):
    """MLflow keeps permissions by user, so it must know everybody; the password is one that nobody knows."""
    try:
        if auth.store.get_user(name).is_admin != admin:
            auth.store.update_user(name, is_admin=admin)
    except MlflowException:
        try:
            auth.store.create_user(name, secrets.token_urlsafe(32), is_admin=admin)
        except MlflowException:
            pass  # another worker was faster
