print("first")
async def f():
    pass
