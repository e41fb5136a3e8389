# cmake -DINPUT=FILE -DOUTPUT=FILE.c -DNAME=symbol -DHEADER=file.h -P embed.cmake: the bytes of a file as an array of C.
file(READ ${INPUT} bytes HEX)
string(LENGTH "${bytes}" n)
math(EXPR n "${n} / 2")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "((0x..,){20})" "\\1\n    " bytes "${bytes}")
file(WRITE ${OUTPUT} "#include \"${HEADER}\"\n\nconst unsigned char ${NAME}[] = {\n    ${bytes}\n};\nconst size_t ${NAME}_size = ${n};\n")
